/** Health and figures over REST. */
@NullMarked
package org.hikae.insight.rest;

import org.jspecify.annotations.NullMarked;
