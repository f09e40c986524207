/** Chains events every second and has the end sealed every hour. Calls no boundary. */
@NullMarked
package org.hikae.audit.job;

import org.jspecify.annotations.NullMarked;
