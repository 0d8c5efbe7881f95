package dev.purser.app.web;

import dev.purser.edge.Gate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which Purser this is; open to everybody. */
@RestController
@Gate(Gate.Kind.PUBLIC)
class VersionController {
    private final Version version;

    VersionController(Version version) {
        this.version = version;
    }

    @GetMapping("/v1/version")
    Version version() {
        return version;
    }
}
