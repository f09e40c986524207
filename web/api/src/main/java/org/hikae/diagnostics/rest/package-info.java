/** What a device says of itself when its employee asks for help. */
@NullMarked
package org.hikae.diagnostics.rest;

import org.jspecify.annotations.NullMarked;
