/** What pages answer when something fails. Knows no entity, store or REST resource. */
@NullMarked
package org.hikae.problem.faces;

import org.jspecify.annotations.NullMarked;
