package org.hikae.device.cli.access;

import org.hikae.device.AgentException;

/** Somebody who may be asked to type a phrase: a person's word (spec HK1-D-02). */
@FunctionalInterface
public interface PhrasePrompt {

  /**
   * Has the person type a phrase, so that nothing grave is agreed to by habit; false when they
   * typed something else, or when there is nobody to ask.
   *
   * @param key of the sentence that asks for it
   */
  boolean types(String phrase, String key) throws AgentException;
}
