package dev.purser.sandbox.page;

/** Pages of plain HTML. */
final class Html {
    private Html() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A whole page; the body is HTML already. */
    static String page(String title, String body) {
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%%; font-size: 0.9rem; }
            th, td { text-align: left; padding: 0.2rem 0.6rem 0.2rem 0; border-bottom: 1px solid #ddd; }
            code { font-size: 0.9em; }
            button { font: inherit; padding: 0.5rem 1rem; margin: 0 0.5rem 0.5rem 0; cursor: pointer; }
            .note { background: #fff4d6; padding: 0.5rem 0.8rem; border-radius: 4px; color: #333; }
            </style>
            </head>
            <body>
            <main>
            %s
            </main>
            </body>
            </html>
            """.formatted(escape(title), body);
    }

    /** A form that posts its one answer back to the page itself. */
    static String buttons(String... answersAndTexts) {
        StringBuilder form = new StringBuilder("<form method=\"post\">\n");
        for (int i = 0; i < answersAndTexts.length; i += 2) {
            form.append("<button name=\"answer\" value=\"")
                    .append(escape(answersAndTexts[i]))
                    .append("\">")
                    .append(escape(answersAndTexts[i + 1]))
                    .append("</button>\n");
        }
        return form.append("</form>\n").toString();
    }
}
