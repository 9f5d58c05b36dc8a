package io.nucleon.images;

import java.io.IOException;

/** A function a language that answers with its body and the number of the user that it runs as. */
enum Function {
    PYTHON("main.py", """
            import os

            def handler(context, event):
                return f"{event.body.decode()} {os.getuid()}"
            """),
    NODEJS("main.js", """
            exports.handler = (context, event) => context.callback(`${event.body} ${process.getuid()}`);
            """),
    JAVA("Echo.java", """
            import io.nuclio.Context;
            import io.nuclio.Event;
            import io.nuclio.EventHandler;
            import io.nuclio.Response;
            import java.nio.file.Files;
            import java.nio.file.Path;

            public class Echo implements EventHandler {
                @Override
                public Response handleEvent(Context context, Event event) {
                    try {
                        return new Response().setBody(new String(event.getBody()) + " "
                                + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
            """),
    RUBY("main.rb", """
            def handler(context, event)
              "#{event.body} #{Process.uid}"
            end
            """),
    DOTNET("Echo.cs", """
            using System.IO;
            using System.Linq;
            using Nuclio.Sdk;

            public class Echo
            {
                public object Handle(Context context, Event eventBase)
                {
                    var user = File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:"));
                    return eventBase.GetBody() + " " + user.Split('\\t')[1];
                }
            }
            """),
    SHELL("main.sh", """
            echo "$(cat) $(id -u)"
            """);

    private final String file;
    private final String source;

    Function(String file, String source) {
        this.file = file;
        this.source = source;
    }

    /** Writes it to a folder of that workshop. */
    void write(Workshop workshop, String name) throws IOException {
        workshop.write(name + "/" + file, source);
    }
}
