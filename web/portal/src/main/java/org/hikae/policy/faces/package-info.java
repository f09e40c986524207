/** The pages that show and change what holds for whose backup. */
@NullMarked
package org.hikae.policy.faces;

import org.jspecify.annotations.NullMarked;
