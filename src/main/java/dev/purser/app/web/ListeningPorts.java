package dev.purser.app.web;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** The ports that are really listened on, known once the servers have started; 0 before. */
public final class ListeningPorts {
    private final TomcatConfiguration.TomcatPorts tomcat;
    private volatile int api;
    private volatile int gateway;
    private volatile int management;
    private volatile int node;
    private volatile int sandbox;

    ListeningPorts(TomcatConfiguration.TomcatPorts tomcat) {
        this.tomcat = tomcat;
    }

    @EventListener
    void serverStarted(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            management = event.getWebServer().getPort();
        } else {
            api = event.getWebServer().getPort();
            gateway = tomcat.gatewayPort();
            node = tomcat.nodePort();
        }
    }

    /** Told by whoever starts it: it is no port of Tomcat's. */
    public void sandboxListens(int port) {
        sandbox = port;
    }

    public int api() {
        return api;
    }

    public int gateway() {
        return gateway;
    }

    public int management() {
        return management;
    }

    /** 0 where there is no sandbox. */
    public int sandbox() {
        return sandbox;
    }

    /** Where other nodes are listened to; 0 without any. */
    public int node() {
        return node;
    }
}
