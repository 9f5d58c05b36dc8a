using System.IO;
using Nuclio.Sdk;

namespace Project
{
    /// <summary>A function that is built by its own project.</summary>
    public class Handler
    {
        public object Handle(Context context, Event eventBase)
        {
            using Stream words = typeof(Handler).Assembly.GetManifestResourceStream("app.words.txt");
            return new StreamReader(words).ReadToEnd();
        }
    }
}
