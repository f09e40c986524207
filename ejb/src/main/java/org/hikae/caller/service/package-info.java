/**
 * Who is calling, from the checked token; how often; and that a repeated request is done once.
 * Calls no boundary and no job.
 */
@NullMarked
package org.hikae.caller.service;

import org.jspecify.annotations.NullMarked;
