package dev.wrinklefree.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** How packages are cut and what may be imported where. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageRulesTest {

  /** Classes at the edge may know the framework; their names say that they are one. */
  private static final Pattern EDGE =
      Pattern.compile(
          ".*(Consumer|Resource|Repository|Config|Publisher|Beans|Check|Worker|Watcher|Entity|Mapper"
              + "|Relay)");

  private static final Set<String> VAGUE_NAMES =
      Set.of("util", "utils", "common", "helper", "helpers", "impl", "misc", "dto");

  private static final DescribedPredicate<JavaClass> AN_EDGE_CLASS =
      DescribedPredicate.describe(
          "an edge class", c -> EDGE.matcher(outermost(c).getSimpleName()).matches());

  @ArchTest
  static final ArchRule frameworkStaysAtTheEdge =
      noClasses()
          .that()
          .resideInAnyPackage(
              Modules.of("launch"),
              Modules.of("monitor"),
              Modules.of("checkpoint"),
              Modules.of("cost"))
          .and(DescribedPredicate.not(AN_EDGE_CLASS))
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "jakarta..", "org.eclipse.microprofile..", "io.smallrye..");

  @ArchTest
  static final ArchRule noFieldIsInjected =
      noFields()
          .should()
          .beAnnotatedWith("jakarta.inject.Inject")
          .because("a constructor says what a class needs");

  @ArchTest
  static final ArchRule everyEndpointSaysWhoMayUseIt =
      methods()
          .that(
              DescribedPredicate.describe(
                  "answer HTTP", method -> method.isMetaAnnotatedWith(HttpMethod.class)))
          .should()
          .beAnnotatedWith(
              DescribedPredicate.describe(
                  "@RolesAllowed with a role",
                  annotation ->
                      annotation.getRawType().isEquivalentTo(RolesAllowed.class)
                          && annotation.get("value").filter(String[].class::isInstance).isPresent()
                          && ((String[]) annotation.get("value").get()).length > 0))
          .because("reading, launching and cancelling are for those who were given a role");

  @ArchTest
  static final ArchRule noOptionalIsKept =
      fields().should().notHaveRawType(Optional.class).because("Optional is a return type");

  @ArchTest
  static final ArchRule timeIsGivenNotTaken =
      noClasses()
          .that()
          .resideInAnyPackage(
              Modules.of("contract"),
              Modules.of("launch"),
              Modules.of("monitor"),
              Modules.of("checkpoint"),
              Modules.of("cost"))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("a test must be able to set the clock");

  @ArchTest
  static final ArchRule onlyBeansChooseTheClock =
      noClasses()
          .that()
          .resideInAnyPackage(
              Modules.of("launch"),
              Modules.of("monitor"),
              Modules.of("checkpoint"),
              Modules.of("cost"))
          .and()
          .haveSimpleNameNotEndingWith("Beans")
          .should()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule everyPackageRefusesNull =
      classes()
          .should(
              new ArchCondition<>("be in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getName() + " is in an unmarked package"));
                }
              });

  @ArchTest
  static final ArchRule packagesAreNamedForWhatTheyDo =
      classes()
          .should(
              new ArchCondition<>("be in a package with a name that says something") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean vague =
                      Arrays.stream(type.getPackageName().split("\\."))
                          .anyMatch(VAGUE_NAMES::contains);
                  events.add(new SimpleConditionEvent(type, !vague, type.getName()));
                }
              });

  @ArchTest
  static void packagesOfAModuleFormNoCycle(JavaClasses all) {
    for (String module : Modules.ALL) {
      slices()
          .matching(Modules.ROOT + "." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(all);
    }
  }

  /** Guards the other rules: one that looks at no class would hold for ever. */
  @ArchTest
  static void everyModuleIsLookedAt(JavaClasses all) {
    for (String module : Modules.ALL) {
      assertThat(
              all.stream().filter(c -> c.getPackageName().startsWith(Modules.ROOT + "." + module)))
          .as("classes of module %s", module)
          .isNotEmpty();
    }
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
