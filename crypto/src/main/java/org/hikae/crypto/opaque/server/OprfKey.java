package org.hikae.crypto.opaque.server;

import org.hikae.crypto.group.Element;

/**
 * The OPRF key of one record: the only thing that can answer a guess. In production half of it
 * never leaves a token.
 *
 * <p>Contract: safe for use by several threads; the product is the same for the same element as
 * long as the record lives. An implementation that cannot answer now throws an unchecked exception
 * of its own, which passes through {@link OpaqueServer} unchanged. It need not answer G and -G: the
 * messages refuse them.
 */
@FunctionalInterface
public interface OprfKey {

  /**
   * key·blindedElement (BlindEvaluate of RFC 9497, section 3.3.1). Count and charge before calling.
   */
  Element evaluate(Element blindedElement);
}
