/** What policies may say, and what follows from several of them. */
@NullMarked
package org.hikae.policy.control;

import org.jspecify.annotations.NullMarked;
