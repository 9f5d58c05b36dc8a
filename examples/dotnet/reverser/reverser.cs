using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Nuclio.Sdk;

namespace nuclio
{
    /// <summary>Turns a text round, letter by letter. POST the text.</summary>
    public class reverser
    {
        public object reverse(Context context, Event eventBase)
        {
            string text = eventBase.GetBody();
            context.Logger.InfoWith("reversed", "length", text.Length);
            return string.Concat(Letters(text).Reverse());
        }

        /// <summary>What a reader takes for one letter may be several characters.</summary>
        private static IEnumerable<string> Letters(string text)
        {
            TextElementEnumerator letters = StringInfo.GetTextElementEnumerator(text);
            while (letters.MoveNext())
            {
                yield return letters.GetTextElement();
            }
        }
    }
}
