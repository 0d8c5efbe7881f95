package dev.purser.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * A stop that was asked for is no failure: once the server has been ready, SIGTERM and Ctrl-C end with exit code 0 instead of
 * Java's 143 and 130, which Maven, systemd and the like report as an error.
 */
final class CleanExit implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger log = LoggerFactory.getLogger("Purser");

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        SpringApplication.getShutdownHandlers().add(CleanExit::end);
    }

    /** Called by Spring's shutdown hook when everything is closed; only halting sets the exit code there. */
    private static void end() {
        log.info("Stopped");
        Runtime.getRuntime().halt(0);
    }
}
