/**
 * What the tests of every module share: which of them a run takes, where its time goes, PostgreSQL
 * servers, the numbers of the specification, packages of the agent, a clock and random bytes. It
 * also starts the independent verifier.
 */
@NullMarked
package org.hikae.testing;

import org.jspecify.annotations.NullMarked;
