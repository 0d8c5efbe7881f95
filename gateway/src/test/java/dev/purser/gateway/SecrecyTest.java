package dev.purser.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Prompts, completions and keys are in no log at any level, and in no event. */
class SecrecyTest {
    private static final String PROMPT = "PromptThatNobodyElseMaySee";
    private static final String COMPLETION = "CompletionThatNobodyElseMaySee";

    private final GatewayServer server = GatewayServer.shared();

    @Test
    void nothingOfWhatIsSaidIsWrittenDown() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        root.getAppender("CONSOLE").stop();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        var client = server.session().open();
        try {
            String body = "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT
                    + "\"}]}";
            server.upstream.plays(exchange -> exchange.json(200, ScriptedUpstream.whole(COMPLETION, "")));
            client.chat(body.formatted("local/priced", false));
            server.upstream.plays(exchange -> exchange.stream(
                    ScriptedUpstream.frame(ScriptedUpstream.delta(COMPLETION)) + "data: {" + COMPLETION + "\n\n"));
            client.chat(body.formatted("local/priced", true));
            server.upstream.plays(exchange -> exchange.json(500, "{\"error\":{\"message\":\"" + PROMPT + "\"}}"));
            client.chat(body.formatted("local/priced", true));
            client.chat(body.formatted("builtin/free-echo", true));
            client.chat("{\"model\":\"x\",\"messages\":\"" + PROMPT + "\"}");
            client.chat("{\"model\":\"" + PROMPT);
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
            root.getAppender("CONSOLE").start();
        }
        assertThat(log.list).isNotEmpty();
        assertThat(log.list)
                .extracting(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .noneMatch(line -> line.contains(PROMPT) || line.contains(COMPLETION) || line.contains("secret-key"));
        assertThat(server.ledger.events(client.wallet).toString()).doesNotContain(PROMPT, COMPLETION);
    }
}
