/** What a person sees while the portal cannot serve. */
@NullMarked
package org.hikae.problem.faces;

import org.jspecify.annotations.NullMarked;
