/** Addresses notices and delivers them, in short transactions. Calls no boundary. */
@NullMarked
package org.hikae.notice.job;

import org.jspecify.annotations.NullMarked;
