/** Keeps summaries up to date, and counts once what many ask for. Calls no boundary and no job. */
@NullMarked
package org.hikae.insight.service;

import org.jspecify.annotations.NullMarked;
