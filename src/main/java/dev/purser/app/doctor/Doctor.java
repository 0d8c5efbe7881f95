package dev.purser.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All the checks in the order in which they are told. None of them changes anything that is kept. */
public final class Doctor {
    private final MachineChecks machine;
    private final PortChecks ports;
    private final ConfigurationChecks configuration;
    private final DatabaseCheckup database;

    Doctor(MachineChecks machine, PortChecks ports, ConfigurationChecks configuration, DatabaseCheckup database) {
        this.machine = machine;
        this.ports = ports;
        this.configuration = configuration;
        this.database = database;
    }

    /** Tells each finding as soon as it is known; answers whether Purser can run. */
    public boolean examine(Consumer<Finding> teller) {
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> noting = finding -> {
            findings.add(finding);
            teller.accept(finding);
        };
        machine.examine(noting);
        ports.examine(noting);
        configuration.examine(noting);
        database.examine(noting);
        return findings.stream().noneMatch(Finding::isFailure);
    }
}
