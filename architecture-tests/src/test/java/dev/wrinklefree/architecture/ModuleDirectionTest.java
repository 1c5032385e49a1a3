package dev.wrinklefree.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies between modules go one way: down. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleDirectionTest {

  @ArchTest static final ArchRule contractDependsOnNoModule = dependsOnlyOn("contract");

  @ArchTest static final ArchRule skypilotClientDependsOnNoModule = dependsOnlyOn("skypilot");

  @ArchTest static final ArchRule outboxDependsOnTheContract = dependsOnlyOn("outbox", "contract");

  @ArchTest static final ArchRule restDependsOnTheContract = dependsOnlyOn("rest", "contract");

  @ArchTest
  static final ArchRule deliveryDependsOnOutboxAndRest =
      dependsOnlyOn("delivery", "contract", "outbox", "rest");

  @ArchTest
  static final ArchRule launchServiceKnowsNoOtherService =
      dependsOnlyOn("launch", "contract", "outbox", "rest", "delivery", "skypilot");

  @ArchTest
  static final ArchRule monitorServiceKnowsNoOtherService =
      dependsOnlyOn("monitor", "contract", "outbox", "rest", "delivery", "skypilot");

  @ArchTest
  static final ArchRule checkpointServiceKnowsNoOtherService =
      dependsOnlyOn("checkpoint", "contract", "outbox", "rest", "delivery");

  @ArchTest
  static final ArchRule costServiceKnowsNoOtherService =
      dependsOnlyOn("cost", "contract", "outbox", "rest", "delivery", "skypilot");

  @ArchTest
  static final ArchRule auditKnowsTheContractAndNoService = dependsOnlyOn("audit", "contract");

  @ArchTest
  static final ArchRule commandLineKnowsTheContractAndNoService =
      dependsOnlyOn("cli", "contract", "audit");

  @ArchTest
  static final ArchRule sandboxStartsTheServicesAndDoesNotLinkThem =
      dependsOnlyOn("sandbox", "contract");

  @ArchTest
  static final ArchRule contractNeedsNoFramework =
      noClasses()
          .that(
              resideInAnyPackage(
                  Modules.of("contract"), Modules.of("skypilot"), Modules.of("audit")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "org.eclipse.microprofile..")
          .because("any JVM program can use the contract, the client and the audit");

  private static ArchRule dependsOnlyOn(String module, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = Modules.of(module);
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = Modules.of(others[i]);
    }
    return classes()
        .that()
        .resideInAPackage(Modules.of(module))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(Modules.ROOT + "..")).or(resideInAnyPackage(allowed)));
  }
}
