/** Health, and figures about employees, campaigns and rotten objects. */
@NullMarked
package org.hikae.insight.rest;

import org.jspecify.annotations.NullMarked;
