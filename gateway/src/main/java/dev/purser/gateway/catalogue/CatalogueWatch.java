package dev.purser.gateway.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the catalogue when the operator's file changes. It looks at the file's time and size every now and then, which
 * also sees changes that come through a mounted volume or a replaced link.
 */
public final class CatalogueWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogueWatch.class);

    private final Path file;
    private final Runnable reload;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("catalogue-watch").factory());
    private Optional<Look> seen;

    private record Look(FileTime modified, long size) {}

    /** @param reload throws {@link CatalogueRefused} for a file that cannot be */
    @SuppressWarnings("FutureReturnValueIgnored") // the timer ends with this object
    public CatalogueWatch(Path file, Duration every, Runnable reload) {
        this.file = file;
        this.reload = reload;
        this.seen = look();
        timer.scheduleWithFixedDelay(this::check, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        Optional<Look> now = look();
        if (now.isEmpty() || now.equals(seen)) {
            return;
        }
        try {
            reload.run();
            log.info("the catalogue was read again from {}", file);
        } catch (CatalogueRefused e) {
            log.error("the catalogue is refused, and what was in force stays so: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("the catalogue could not be put in force yet: {}", e.toString());
            return;
        }
        seen = now;
    }

    private Optional<Look> look() {
        try {
            return Optional.of(new Look(Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
