/** What people are told, as a mail server and a webhook of the company receive it. */
@NullMarked
package org.hikae.it.notice;

import org.jspecify.annotations.NullMarked;
