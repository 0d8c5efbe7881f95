package dev.purser.gateway.catalogue;

/** A catalogue file says something that cannot be: the message names the file and the entry. */
public final class CatalogueRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogueRefused(String file, String message) {
        super(file + ": " + message);
    }
}
