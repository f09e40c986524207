/** Looks at a whole installation and says in sentences what is wrong and what to do. */
@NullMarked
package org.hikae.admin.doctor;

import org.jspecify.annotations.NullMarked;
