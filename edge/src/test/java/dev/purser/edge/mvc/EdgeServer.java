package dev.purser.edge.mvc;

import dev.purser.domain.key.KeyKind;
import dev.purser.edge.Accesses;
import dev.purser.edge.access.FakeDirectory;
import dev.purser.edge.access.GateCheck;
import dev.purser.edge.access.GateInterceptor;
import dev.purser.edge.error.ErrorResolver;
import dev.purser.edge.error.Errors;
import dev.purser.edge.error.RouteFamilies;
import dev.purser.edge.filter.CorsFilter;
import dev.purser.edge.filter.EdgeFilter;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The edge around {@link TestRoutes} in a real Tomcat with an API port and a gateway port. */
final class EdgeServer implements AutoCloseable {
    static final String DIGITS = "0123456789abcdefghijABCDEFGHIJ0123456789";
    static final String SECRET = "sk_test_" + DIGITS;
    static final String SESSION = "es_test_" + DIGITS;
    static final String OPERATOR = "ok_" + DIGITS;

    static final FakeDirectory DIRECTORY = new FakeDirectory();
    private static final AtomicInteger GATEWAY_PORT = new AtomicInteger();

    private final Tomcat tomcat = new Tomcat();
    private final Connector gateway;
    private final HttpClient client = HttpClient.newHttpClient();

    EdgeServer() {
        DIRECTORY.platform.put("new:" + SECRET, new Accesses.Platform().access());
        DIRECTORY.sessions.put("old:" + SESSION, new Accesses.Session().access());
        DIRECTORY.staff.put("new:" + OPERATOR, Accesses.staff(KeyKind.OPERATOR, false, null));
        try {
            String base = Files.createTempDirectory("edge-server").toString();
            tomcat.setBaseDir(base);
            tomcat.setPort(0);
            tomcat.getConnector();
            gateway = new Connector();
            gateway.setPort(0);
            tomcat.getService().addConnector(gateway);
            Context context = tomcat.addContext("", base);
            Errors errors = new Errors(new RouteFamilies(port -> port == GATEWAY_PORT.get()));
            AtomicInteger ids = new AtomicInteger();
            addFilter(context, "edge", new EdgeFilter(() -> "req" + ids.incrementAndGet(), errors));
            addFilter(context, "cors", new CorsFilter());
            AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
            spring.register(Wiring.class);
            Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
            servlet.setLoadOnStartup(1);
            servlet.setAsyncSupported(true);
            servlet.addMapping("/");
            tomcat.start();
            GATEWAY_PORT.set(gateway.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addFilter(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    int apiPort() {
        return tomcat.getConnector().getLocalPort();
    }

    HttpResponse<String> api(String method, String path, String body, String... headers) {
        return send(apiPort(), method, path, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> gateway(String method, String path, String body, String... headers) {
        return send(gateway.getLocalPort(), method, path, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> send(int port, String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration
    @EnableWebMvc
    @Import(TestRoutes.class)
    static class Wiring implements WebMvcConfigurer {
        /** As a product that also serves a dashboard has them. */
        @Override
        public void addResourceHandlers(ResourceHandlerRegistry registry) {
            registry.addResourceHandler("/**").addResourceLocations("classpath:/static/");
        }

        @Bean
        EdgeMvc edgeMvc() {
            Errors errors = new Errors(new RouteFamilies(port -> port == GATEWAY_PORT.get()));
            Clock clock = Clock.fixed(Accesses.NOW, ZoneOffset.UTC);
            return new EdgeMvc(
                    new GateInterceptor(DIRECTORY, FakeDirectory::fingerprints, clock), new ErrorResolver(errors));
        }

        @Bean
        GateCheck gateCheck(List<RequestMappingHandlerMapping> mappings) {
            return new GateCheck(mappings);
        }
    }
}
