package org.hikae.rollout.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.hikae.rollout.view.OfferView;
import org.junit.jupiter.api.Test;

/** What the page says of a department is what the decision does. */
class StandingOffersTest {

  private static final Instant SINCE = Instant.parse("2026-03-01T08:00:00Z");

  private static StandingOffers offers(String... groups) {
    return new StandingOffers(
        Stream.of(groups).map(group -> new OfferView(group, SINCE, "admin")).toList());
  }

  @Test
  void an_offer_to_a_department_reaches_all_below_it() {
    StandingOffers offers = offers("/sales", "/legal");
    assertThat(offers.since("/sales")).isEqualTo(SINCE);
    assertThat(offers.above("/sales")).isNull();
    assertThat(offers.since("/sales/emea")).isNull();
    assertThat(offers.above("/sales/emea/north"))
        .isEqualTo(new OfferView("/sales", SINCE, "admin"));
    assertThat(offers.above("/salesmen")).isNull();
    assertThat(offers.above("/it")).isNull();
  }

  @Test
  void the_nearest_of_several_is_named() {
    StandingOffers offers = offers("/sales", "/sales/emea", "/sales/emea/north");
    assertThat(offers.above("/sales/emea/north"))
        .isEqualTo(new OfferView("/sales/emea", SINCE, "admin"));
    assertThat(offers.since("/sales/emea/north")).isEqualTo(SINCE);
  }

  @Test
  void an_offer_to_everyone_is_none_to_a_department() {
    StandingOffers offers = offers("*", "/legal");
    assertThat(offers.everyone()).isTrue();
    assertThat(offers.above("/sales")).isNull();
    assertThat(offers.since("/sales")).isNull();
    assertThat(offers("/sales").everyone()).isFalse();
  }
}
