// libwebsockets, and the few words of it that are C macros or bit arithmetic Swift cannot read.
#pragma once
#include <libwebsockets.h>
#include <openssl/x509_vfy.h>

// Free bytes lws wants in front of everything it is given to write.
static const int clws_pre = LWS_PRE;

static const int clws_log_errors = LLL_ERR;
static const int clws_log_warnings = LLL_WARN;

static const uint64_t clws_option_explicit_vhosts = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
static const uint64_t clws_option_tls_global_init = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
static const uint64_t clws_option_no_system_authorities = LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;

// An lws timer with the Swift object it belongs to behind it; lws hands back only the first member.
struct clws_timer {
	lws_sorted_usec_list_t sul;
	void *owner;
};
static inline void *clws_timer_owner(lws_sorted_usec_list_t *sul) {
	return ((struct clws_timer *)sul)->owner;
}

// What is wrong with a server's certificate; the first argument is what lws calls "user" at
// LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION. lws itself tells only its log.
static inline const char *clws_certificate_fault(void *x509_context) {
	return X509_verify_cert_error_string(X509_STORE_CTX_get_error((X509_STORE_CTX *)x509_context));
}

static const uint64_t clws_option_fail_unless_bound = LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
static const uint64_t clws_option_no_ipv6 = LWS_SERVER_OPTION_DISABLE_IPV6;
