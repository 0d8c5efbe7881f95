package dev.purser.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseParserTest {
    private static List<String> parse(String text) throws SseParser.FrameTooLarge {
        List<String> frames = new ArrayList<>();
        SseParser parser = new SseParser(1 << 20);
        parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), frames::add);
        parser.end(frames::add);
        return frames;
    }

    @Test
    void endsLinesWithLfCrlfAndCr() throws Exception {
        assertThat(parse("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\n\r\ndata: e\r\n\n"))
                .containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void joinsSeveralDataLines() throws Exception {
        assertThat(parse("data: {\ndata:  \"a\": 1\r\ndata:}\n\n")).containsExactly("{\n \"a\": 1\n}");
    }

    @Test
    void passesOverCommentsOtherFieldsAndEmptyEvents() throws Exception {
        assertThat(parse(": hi\n\nevent: x\nid: 7\nretry: 10\n\ndata\n\ndata:\n\nevent: y\ndata: a\n\n\n\n"))
                .containsExactly("a");
    }

    @Test
    void takesALastFrameWithoutItsEmptyLine() throws Exception {
        assertThat(parse("data: a\n\ndata: [DONE]")).containsExactly("a", "[DONE]");
        assertThat(parse("data: [DONE]\n")).containsExactly("[DONE]");
    }

    @Test
    void passesOverAByteOrderMarkAndKeepsOneSpaceOnly() throws Exception {
        assertThat(parse("\uFEFFdata:a\n\ndata:  b\n\n")).containsExactly("a", " b");
    }

    @Test
    void findsTheSameFramesWhereverTheBytesAreCut() throws Exception {
        String text = "data: {\"t\":\"grüße 🚀\"}\r\n\r\n: c\r\ndata: 1\ndata: 2\r\rdata: [DONE]\n\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> expected = parse(text);
        assertThat(expected).containsExactly("{\"t\":\"grüße 🚀\"}", "1\n2", "[DONE]");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> frames = new ArrayList<>();
            SseParser parser = new SseParser(1_000);
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(bytes.length - from, 1 + random.nextInt(round % 2 == 0 ? 3 : 20));
                parser.feed(ByteBuffer.wrap(bytes, from, length), frames::add);
                from += length;
            }
            parser.end(frames::add);
            assertThat(frames).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void takesAHugeFrameAndRefusesOneBeyondTheLimit() throws Exception {
        String huge = "x".repeat((1 << 20) - 10);
        assertThat(parse("data: " + huge + "\n\n")).containsExactly(huge);
        assertThatThrownBy(() -> parse("data: " + huge + "0123456789\n\n")).isInstanceOf(SseParser.FrameTooLarge.class);
        String manyLines = "data: 0123456789\n".repeat(70_000);
        assertThatThrownBy(() -> parse(manyLines)).isInstanceOf(SseParser.FrameTooLarge.class);
    }
}
