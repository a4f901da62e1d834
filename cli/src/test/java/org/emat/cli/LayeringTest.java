package org.emat.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emat.train.GradientModel;
import org.emat.train.GradientScheduler;
import org.emat.train.LayerPasses;
import org.emat.train.PassPlanner;

/** Which package may use which, and what no class may do. A package that is new has to be placed here. */
@AnalyzeClasses(packages = "org.emat", importOptions = LayeringTest.OnlyProduct.class)
class LayeringTest {
    private static final String[] CORE =
            packages("arch", "network", "quant", "integer", "window", "plan", "device", "schedule", "golden");
    private static final String[] TRAIN = packages("train", "train.gan", "train.machine", "train.quality");
    private static final String[] COST = packages("cost"); // reads its constants
    private static final String[] RTL = packages("rtl");
    private static final String[] TB = packages("tb");
    private static final String[] ONNX = packages("onnx");
    private static final String[] COMMAND = packages("cli", "config", "files", "measure", "report", "suite");

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "org.emat." + name + "..").toArray(String[]::new);
    }

    private static String[] union(String[]... packages) {
        return Arrays.stream(packages).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Classes of the product: neither tests nor what tests share. */
    static final class OnlyProduct implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    /** Of emat's own packages only the allowed ones and themselves. */
    private static ArchRule useOnly(String[] subject, String[]... allowed) {
        return noClasses()
                .that()
                .resideInAnyPackage(subject)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.emat..").and(not(resideInAnyPackage(union(subject, union(allowed))))));
    }

    @ArchTest
    static final ArchRule everyPackageIsPlaced =
            classes().should().resideInAnyPackage(union(CORE, TRAIN, COST, RTL, TB, ONNX, COMMAND));

    @ArchTest
    static final ArchRule coreStandsAlone = useOnly(CORE);

    @ArchTest
    static final ArchRule trainUsesTheCore = useOnly(TRAIN, CORE);

    @ArchTest
    static final ArchRule costUsesCoreAndTrain = useOnly(COST, CORE, TRAIN);

    @ArchTest
    static final ArchRule generatorUsesCoreAndTrain = useOnly(RTL, CORE, TRAIN);

    @ArchTest
    static final ArchRule benchUsesCoreTrainAndGenerator = useOnly(TB, CORE, TRAIN, RTL);

    @ArchTest
    static final ArchRule onnxUsesTheCore = useOnly(ONNX, CORE);

    @ArchTest
    static final ArchRule generatorAndGoldenModelMeetInThePlanOnly = noClasses()
            .that()
            .resideInAnyPackage(RTL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages("golden", "schedule"));

    @ArchTest
    static final ArchRule generatorAndGradientModelMeetInThePlanOnly = noClasses()
            .that()
            .resideInAnyPackage(RTL)
            .should()
            .dependOnClassesThat(
                    belongToAnyOf(GradientModel.class, GradientScheduler.class, PassPlanner.class, LayerPasses.class));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.emat.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(union(CORE, TRAIN))
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..")
                    .or(assignableTo(ProcessBuilder.class))
                    .or(assignableTo(Process.class))
                    .or(resideInAPackage("java.io")
                            .and(not(assignableTo(Exception.class)))
                            .and(not(type(Serializable.class)))));

    @ArchTest
    static final ArchRule onlyTheGeneratorKnowsVelocity = noClasses()
            .that()
            .resideOutsideOfPackages(RTL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.velocity..");

    @ArchTest
    static final ArchRule onlyMainUsesTheStandardStreams = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule staticFieldsAreFinal =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule staticFieldsHoldNoState =
            noFields().that().areStatic().should().haveRawType(changeable());

    /** Collections of a mutable type, texts in the making, and cells that can be set. */
    private static DescribedPredicate<JavaClass> changeable() {
        DescribedPredicate<JavaClass> collections =
                assignableTo(Collection.class).or(assignableTo(Map.class));
        return collections
                .and(describe("a class", type -> !type.isInterface()))
                .or(resideInAPackage("java.util.concurrent.atomic"))
                .or(assignableTo(StringBuilder.class))
                .as("can be changed");
    }

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data)");

    /** So that rules over nothing are not taken for kept ones. */
    @ArchTest
    static void allPackagesAreSeen(JavaClasses classes) {
        assertThat(classes.stream().map(type -> type.getPackageName() + "..").collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(union(CORE, TRAIN, COST, RTL, TB, ONNX, COMMAND));
        assertThat(classes).noneMatch(type -> type.getName().endsWith("Test"));
    }
}
