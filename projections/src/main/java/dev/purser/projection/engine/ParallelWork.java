package dev.purser.projection.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Runs tasks beside each other, no more of them at once than there are processors, but at least two. */
final class ParallelWork {
    private final Semaphore running =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

    /** Returns when all are done; fails with what the first of them failed with, when none is running any more. */
    <T> List<T> run(List<Callable<T>> tasks) throws SQLException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> bounded = new ArrayList<>();
            for (Callable<T> task : tasks) {
                bounded.add(() -> bounded(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(bounded)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case InterruptedException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private <T> T bounded(Callable<T> task) throws Exception {
        running.acquire();
        try {
            return task.call();
        } finally {
            running.release();
        }
    }
}
