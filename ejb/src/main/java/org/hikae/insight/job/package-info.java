/** Corrects summaries each night, and notes stored bytes by day. Calls no boundary. */
@NullMarked
package org.hikae.insight.job;

import org.jspecify.annotations.NullMarked;
