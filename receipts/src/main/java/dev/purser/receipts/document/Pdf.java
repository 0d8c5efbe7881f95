package dev.purser.receipts.document;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A document as a PDF, from the same page that a browser shows. Letters are Liberation Sans: Latin, Greek, Cyrillic and
 * Hebrew; of other scripts a PDF shows {@code #} where the page in a browser shows the letter. Takes some tens of milliseconds. Thread-safe.
 */
public final class Pdf {
    /** Comes with PDFBox; SIL Open Font License. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    static {
        XRLog.setLoggingEnabled(false);
    }

    private Pdf() {}

    public static byte[] of(Document document) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .useFastMode()
                    .useFont(Pdf::font, "Liberation Sans", 400, FontStyle.NORMAL, true)
                    // Nothing is fetched, whatever a name may contain.
                    .useUriResolver((_, _) -> null)
                    .withProducer("Purser")
                    .withHtmlContent(Html.of(document), null)
                    .toStream(pdf)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pdf.toByteArray();
    }

    private static InputStream font() {
        InputStream font = Pdf.class.getResourceAsStream(FONT);
        if (font == null) {
            throw new IllegalStateException(FONT + " is not on the class path");
        }
        return font;
    }
}
