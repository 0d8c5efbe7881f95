package dev.purser.app.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses PURSER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.purser");

    private static final DescribedPredicate<JavaClass> FLOATING_POINT = DescribedPredicate.describe(
            "floating point",
            type -> Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                    .contains(type.getName()));

    static Stream<Arguments> arrows() {
        return Stream.of(
                Arguments.of("domain", List.of()),
                Arguments.of("eventstore", List.of()),
                Arguments.of("projection", List.of("domain", "eventstore")),
                Arguments.of("edge", List.of("domain", "eventstore", "projection")),
                Arguments.of("command", List.of("domain", "eventstore.secret", "projection", "edge")),
                Arguments.of("query", List.of("domain", "eventstore", "projection", "edge")),
                Arguments.of("receipts", List.of("domain", "eventstore", "projection", "edge")),
                Arguments.of("gateway", List.of("domain", "eventstore.secret", "projection", "edge")),
                Arguments.of("payments", List.of("domain", "eventstore.secret", "projection", "edge")),
                Arguments.of("sandbox", List.of()));
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void modulesKnowOnlyTheModulesBelowThem(String module, List<String> below) {
        String[] known = Stream.concat(Stream.of(module), below.stream())
                .map(name -> "dev.purser." + name + "..")
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage("dev.purser." + module + "..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.purser..")).or(resideInAnyPackage(known)))
                .allowEmptyShould(true)
                .check(PURSER);
    }

    @Test
    void theDomainKnowsNeitherSpringNorTheDatabase() {
        noClasses()
                .that()
                .resideInAPackage("dev.purser.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "jakarta..", "java.sql..", "javax.sql..", "org.postgresql..")
                .check(PURSER);
    }

    @Test
    void timeIsJavaTime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.Date.class, java.util.Calendar.class, java.text.SimpleDateFormat.class)
                .check(PURSER);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.purser.app.cli..")
                .and()
                .doNotHaveFullyQualifiedName("dev.purser.app.PurserApplication")
                .and()
                .doNotHaveFullyQualifiedName("dev.purser.app.wiring.BootstrapWiring") // the demo's keys, not for a log
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(PURSER);
    }

    @Test
    void noMoneyIsEverFloatingPoint() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.purser.domain..")
                .should()
                .notHaveRawType(FLOATING_POINT)
                .check(PURSER);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.purser.domain..")
                .should()
                .notHaveRawReturnType(FLOATING_POINT)
                .check(PURSER);
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        List<Path> directories =
                Repository.javaFiles().stream().map(Path::getParent).distinct().toList();

        assertThat(directories)
                .isNotEmpty()
                .allSatisfy(directory -> assertThat(packageInfoOf(directory))
                        .exists()
                        .content()
                        .contains("@NullMarked")
                        .startsWith("/**"));
    }

    /** Tests live in the packages that they test, which are described there. */
    private static Path packageInfoOf(Path directory) {
        Path described = Path.of(directory.toString().replace("/test/java/", "/main/java/"))
                .resolve("package-info.java");
        return Files.exists(described) ? described : directory.resolve("package-info.java");
    }

    @Test
    void nothingIsLeftForLater() {
        List<String> marks = List.of("TO" + "DO", "FIX" + "ME", "XX" + "X");

        assertThat(Repository.javaFiles())
                .allSatisfy(file -> assertThat(Repository.read(file)).doesNotContain(marks));
    }

    @Test
    void theModulesOfTheBuildAreTheOnesWithArrows() {
        List<String> roots =
                arrows().map(arguments -> (String) arguments.get()[0]).toList();

        assertThat(PURSER.stream()
                        .map(type -> Arrays.asList(type.getPackageName().split("\\."))
                                .get(2))
                        .distinct())
                .as("a new module needs its arrows here")
                .allMatch(root -> root.equals("app") || roots.contains(root));
    }
}
