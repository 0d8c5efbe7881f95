package dev.purser.domain.project;

import static dev.purser.domain.Fixtures.rejected;

import dev.purser.domain.Fixtures;
import dev.purser.domain.Mode;
import dev.purser.domain.Money;
import dev.purser.domain.OrganizationId;
import dev.purser.domain.ProjectId;
import dev.purser.domain.Rejection.AlreadyExists;
import dev.purser.domain.Rejection.GrantLimitExceeded;
import dev.purser.domain.project.ProjectCommand.ActivateProject;
import dev.purser.domain.project.ProjectCommand.ChangeProjectSettings;
import dev.purser.domain.project.ProjectCommand.CreateProject;
import dev.purser.domain.project.ProjectCommand.DeactivateProject;
import dev.purser.domain.project.ProjectCommand.RecordGrant;
import dev.purser.domain.project.ProjectCommand.RenameProject;
import dev.purser.domain.project.ProjectEvent.GrantRecorded;
import dev.purser.domain.project.ProjectEvent.ProjectCreated;
import dev.purser.domain.project.ProjectEvent.ProjectDeactivated;
import dev.purser.domain.project.ProjectEvent.ProjectRenamed;
import dev.purser.domain.project.ProjectEvent.ProjectSettingsChanged;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

class ProjectTest {
    private static final ProjectId ID = new ProjectId("prj1");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final ProjectCreated CREATED =
            new ProjectCreated(ID, new OrganizationId("org1"), "App", ProjectSettings.DEFAULTS);

    @Test
    void refusesToBeCreatedTwice() {
        given(CREATED)
                .when(new CreateProject(ID, new OrganizationId("org1"), "App", ProjectSettings.DEFAULTS))
                .expectException(rejected(new AlreadyExists("project")));
    }

    @Test
    void recordsOnlyWhatChanges() {
        given(CREATED).when(new RenameProject(ID, "App")).expectNoEvents();
        given(CREATED).when(new RenameProject(ID, "Bot")).expectEvents(new ProjectRenamed("Bot"));
        given(CREATED)
                .when(new ChangeProjectSettings(ID, ProjectSettings.DEFAULTS))
                .expectNoEvents();
        given(CREATED)
                .when(new ChangeProjectSettings(ID, limited()))
                .expectEvents(new ProjectSettingsChanged(limited()));
        given(CREATED).when(new ActivateProject(ID)).expectNoEvents();
        given(CREATED).when(new DeactivateProject(ID)).expectEvents(new ProjectDeactivated());
    }

    @Test
    void grantsUpToTheDailyLimit() {
        given(CREATED, new ProjectSettingsChanged(limited()), granted(7))
                .when(new RecordGrant(ID, Mode.LIVE, Money.ofDollars(3), TODAY))
                .expectEvents(granted(3));
    }

    @Test
    void refusesAGrantAboveTheDailyLimit() {
        given(CREATED, new ProjectSettingsChanged(limited()), granted(7))
                .when(new RecordGrant(ID, Mode.LIVE, Money.ofDollars(4), TODAY))
                .expectNoEvents()
                .expectException(rejected(new GrantLimitExceeded(Money.ofDollars(10), Money.ofDollars(3))));
    }

    private static GrantRecorded granted(long dollars) {
        return new GrantRecorded(Mode.LIVE, Money.ofDollars(dollars), TODAY);
    }

    private static ProjectSettings limited() {
        return new ProjectSettings(
                true,
                new BigDecimal("20"),
                BigDecimal.ZERO,
                List.of("https://app.example.com"),
                DisconnectPolicy.CANCEL,
                Money.ofDollars(1),
                Money.ofDollars(10),
                4_096);
    }

    private static TestExecutor<Project> given(Object... events) {
        return Fixtures.of(Project.class).given(events);
    }
}
