package dev.purser.gateway.upstream;

/** Lets another thread stop a call. Thread-safe. */
public final class CallControl {
    private Runnable stop = () -> {};
    private boolean cancelled;

    /** What stops the call in its present state; runs at once where the call has been stopped already. */
    synchronized void onCancel(Runnable newStop) {
        if (cancelled) {
            newStop.run();
        } else {
            stop = newStop;
        }
    }

    public synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            stop.run();
        }
    }

    public synchronized boolean cancelled() {
        return cancelled;
    }
}
