/** Legal hold over REST. */
@NullMarked
package org.hikae.lifecycle.rest;

import org.jspecify.annotations.NullMarked;
