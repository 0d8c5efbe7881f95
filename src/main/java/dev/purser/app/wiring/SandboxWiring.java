package dev.purser.app.wiring;

import dev.purser.app.installation.SandboxIsPlayed;
import dev.purser.app.storage.DataDirectory;
import dev.purser.app.storage.StorageProperties;
import dev.purser.app.web.ListeningPorts;
import dev.purser.app.web.NetworkProperties;
import dev.purser.app.web.Ports;
import dev.purser.sandbox.SandboxSettings;
import dev.purser.sandbox.StripeSandbox;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The play-money Stripe, in the same process; there is none of it where payments are real or not taken at all. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Conditional(SandboxIsPlayed.class)
class SandboxWiring {

    @Bean
    SandboxHome sandboxHome(@Nullable DataDirectory data, StorageProperties storage) {
        return data == null ? SandboxHome.at(storage.dir()) : SandboxHome.in(data);
    }

    /** Listens from here on, because Purser calls it by its port; events wait until there is somebody to take them. */
    @Bean
    StripeSandbox stripeSandbox(SandboxHome home, NetworkProperties network) throws UnknownHostException {
        Ports.Named port = Ports.sandbox(network);
        return StripeSandbox.start(SandboxSettings.of(home.test(), home.live())
                .withAddress(InetAddress.getByName(port.address()))
                .withPort(port.number())
                .withDataDirectory(home.directory()));
    }

    @Bean
    SandboxDelivery sandboxDelivery(StripeSandbox sandbox, NetworkProperties network, ListeningPorts ports) {
        return new SandboxDelivery(sandbox, network, ports);
    }
}
