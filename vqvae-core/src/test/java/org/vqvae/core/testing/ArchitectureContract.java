package org.vqvae.core.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * What every module promises about its own packages: one test class per module extends this.
 *
 * <p>The root package of a module is its vocabulary, whose interfaces and building blocks may name
 * each other; the packages below it form no cycles.
 */
public abstract class ArchitectureContract {
  private static final String CORE = "org.vqvae.core..";
  private static final String COMMAND_LINE = "org.vqvae.core.cli..";

  private final String root;
  private final JavaClasses module;

  /**
   * @param root the module's root package, such as {@code org.vqvae.image}
   */
  protected ArchitectureContract(String root) {
    this.root = root;
    this.module =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root);
  }

  @Test
  void a_module_knows_only_itself_and_core() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.vqvae..").and(not(resideInAnyPackage(CORE, root + ".."))))
        .because("leaves are combined by whoever uses them, never by each other")
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void the_packages_of_a_module_form_no_cycles() {
    slices()
        .matching(root + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void only_the_command_line_writes_to_the_standard_streams() {
    noClasses()
        .that(not(resideInAPackage(COMMAND_LINE)))
        .should(ACCESS_STANDARD_STREAMS)
        .because("a library reports through its results and its listeners")
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void every_package_is_null_marked() {
    classes().should(resideInANullMarkedPackage()).allowEmptyShould(true).check(module);
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package whose package-info says @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  item, item.getPackageName() + " has no @NullMarked package-info"));
        }
      }
    };
  }
}
