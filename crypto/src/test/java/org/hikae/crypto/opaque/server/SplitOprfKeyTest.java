package org.hikae.crypto.opaque.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.junit.jupiter.api.Test;

class SplitOprfKeyTest {

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final Scalar root = Scalar.random(random);
  private final Scalar factor = Scalar.random(random);
  private final Element chosen = P256Group.hashToGroup(new byte[1], "test");

  @Test
  void multiplies_by_both_keys() {
    OprfKey key = new SplitOprfKey(group, element -> group.multiply(element, root), factor);
    assertThat(key.evaluate(chosen)).isEqualTo(group.multiply(chosen, root.multiply(factor)));
  }

  @Test
  void shows_the_root_no_element_that_a_client_chose() {
    List<Element> shown = new ArrayList<>();
    OprfKey root =
        element -> {
          shown.add(element);
          return element;
        };
    new SplitOprfKey(group, root, factor).evaluate(chosen);
    assertThat(shown).containsExactly(group.multiply(chosen, factor));
  }
}
