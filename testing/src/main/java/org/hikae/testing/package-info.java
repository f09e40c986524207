/**
 * What the tests of every module share: which of them a run takes, where its time goes, PostgreSQL
 * servers, the numbers of the specification, and a clock and random bytes that tests set. Also
 * small packages of the agent.
 */
@NullMarked
package org.hikae.testing;

import org.jspecify.annotations.NullMarked;
