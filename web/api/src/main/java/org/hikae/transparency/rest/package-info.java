/** The transparency log as files that anyone may fetch and any cache may keep. */
@NullMarked
package org.hikae.transparency.rest;

import org.jspecify.annotations.NullMarked;
