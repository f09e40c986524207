/** What policies may say. */
@NullMarked
package org.hikae.policy.control;

import org.jspecify.annotations.NullMarked;
