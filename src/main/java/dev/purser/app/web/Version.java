package dev.purser.app.web;

import dev.purser.app.storage.BuildInfo;

/** The product's name and version, as the build wrote them. */
public record Version(String name, String version) {

    public static Version ofThisBuild() {
        return new Version("Purser", BuildInfo.property("version"));
    }
}
