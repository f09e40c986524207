/** Corrects summaries each night, and notes each hour what trends show. Calls no boundary. */
@NullMarked
package org.hikae.insight.job;

import org.jspecify.annotations.NullMarked;
