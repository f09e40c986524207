package org.hikae.openapi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.hikae.openapi.wire.RequiredField;
import org.hikae.openapi.wire.SchemaName;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What schemas of the OpenAPI document are called. */
class ApiSchemasTest {

  /** As a record that got another name after its schema was published. */
  @SchemaName("Published")
  private record Renamed(Inner inner) {

    private record Inner(int value) {}

    @SchemaName("PublishedToo")
    private record Other(int value) {}
  }

  @Test
  void a_published_name_stays_and_is_that_of_what_is_nested_in_it() {
    assertThat(ApiSchemas.name(Renamed.class, "Renamed")).isEqualTo("Published");
    assertThat(ApiSchemas.name(Renamed.Inner.class, "Inner")).isEqualTo("PublishedInner");
    assertThat(ApiSchemas.name(Renamed.Other.class, "Other")).isEqualTo("PublishedToo");
  }

  @Test
  void any_other_is_called_as_the_server_does_and_after_the_class_around_it() {
    assertThat(ApiSchemas.name(ProblemCode.class, "ProblemCode1")).isEqualTo("ProblemCode1");
    assertThat(ApiSchemas.name(Plain.class, "Plain2")).isEqualTo("ApiSchemasTestPlain");
  }

  private record Plain(int value) {}

  private enum OneOf {
    ONE
  }

  @SchemaName("Published")
  private enum PublishedOneOf {
    ONE
  }

  private record Choices(
      OneOf one,
      List<OneOf> several,
      PublishedOneOf published,
      List<PublishedOneOf> severalPublished,
      @RequiredField @Nullable PublishedOneOf later,
      String text) {}

  @Test
  void words_of_an_enum_are_told_where_they_stand_unless_it_was_published_with_a_name() {
    assertThat(Choices.class.getRecordComponents())
        .filteredOn(ApiSchemas::isOfWords)
        .extracting(RecordComponent::getName)
        .containsExactly("one", "several", "later");
    assertThat(Choices.class.getRecordComponents()).allMatch(ApiSchemas::isAlwaysSent);
  }

  private enum TestChoice {
    FIRST,
    SECOND,
    THIRD
  }

  @Test
  void the_words_of_an_enum_are_taken_from_a_description_only_if_they_are_all_that_it_names() {
    assertThat(ApiSchemas.choice(TestChoice.class, "which way: FIRST, SECOND or THIRD"))
        .containsExactly("FIRST", "SECOND", "THIRD");
    assertThat(ApiSchemas.choice(TestChoice.class, "FIRST, which comes first, SECOND or THIRD"))
        .isEmpty();
    assertThat(ApiSchemas.choice(TestChoice.class, "how: FIRST, which is best, SECOND or THIRD"))
        .isEmpty();
    assertThat(ApiSchemas.choice(TestChoice.class, "SECOND or THIRD"))
        .containsExactly("SECOND", "THIRD");
    assertThat(ApiSchemas.choice(TestChoice.class, "as what: SECOND or THIRD")).hasSize(2);
    assertThat(ApiSchemas.choice(TestChoice.class, "as what: SECOND or FOURTH")).isEmpty();
    assertThat(ApiSchemas.choice(String.class, "SECOND or THIRD")).hasSize(2);
    assertThat(ApiSchemas.choice(int.class, "SECOND or THIRD")).isEmpty();
  }
}
