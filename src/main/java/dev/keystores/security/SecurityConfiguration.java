package dev.keystores.security;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;

/**
 * Who may do what. Without users everybody on this machine may do everything: the check of the settings has made sure that
 * no real account is at stake then. With users, tools send HTTP Basic and people log in by a form.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String CONTENT =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";
    private static final String[] PROBES = {
        "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
    };
    private static final String[] ASSETS = {"/css/**", "/js/**", "/webjars/**", "/favicon.svg"};
    /** Pages that are forms, of no use to anybody who may not send them. */
    private static final String[] FORMS = {"/new-key-store/**", "/key-stores/*/*/change", "/key-stores/*/*/delete"};

    private static final String VIEWER = SecuritySettings.Role.VIEWER.name();
    private static final String OPERATOR = SecuritySettings.Role.OPERATOR.name();

    /** For tools: a name and password with each call, no session, so that no other site can borrow one. */
    @Bean
    @Order(1)
    SecurityFilterChain tools(HttpSecurity http, SecuritySettings settings, OwnHosts own, Denials denials)
            throws Exception {
        common(http.securityMatcher("/api/**", "/actuator/**"), settings, own, denials);
        http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint((request, response, exception) -> denials.deny(
                                        request,
                                        response,
                                        HttpStatus.UNAUTHORIZED,
                                        "Give a name and password by HTTP Basic"))
                                .accessDeniedHandler((request, response, exception) -> denials.deny(
                                        request, response, HttpStatus.FORBIDDEN, "This takes the role operator")));
        if (open(settings)) {
            return http.authorizeHttpRequests(every -> every.anyRequest().permitAll())
                    .build();
        }
        return http.httpBasic(basic -> basic.authenticationEntryPoint((request, response, exception) ->
                        denials.deny(request, response, HttpStatus.UNAUTHORIZED, "The name or password is wrong")))
                .authorizeHttpRequests(some -> some.requestMatchers(PROBES)
                        .permitAll()
                        .requestMatchers(GET)
                        .hasAnyRole(VIEWER, OPERATOR)
                        .requestMatchers(HEAD)
                        .hasAnyRole(VIEWER, OPERATOR)
                        .anyRequest()
                        .hasRole(OPERATOR))
                .build();
    }

    /** For both: tools read it with a name and password, the page that shows it with the session of whoever looks at it. */
    @Bean
    @Order(2)
    SecurityFilterChain document(HttpSecurity http, SecuritySettings settings, OwnHosts own, Denials denials)
            throws Exception {
        common(http.securityMatcher("/v3/api-docs/**", "/v3/api-docs.yaml"), settings, own, denials);
        http.csrf(AbstractHttpConfigurer::disable);
        if (open(settings)) {
            return http.authorizeHttpRequests(every -> every.anyRequest().permitAll())
                    .build();
        }
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(RequestCacheConfigurer::disable)
                .httpBasic(basic -> basic.authenticationEntryPoint((request, response, exception) -> denials.deny(
                        request, response, HttpStatus.UNAUTHORIZED, "Give a name and password by HTTP Basic")))
                .authorizeHttpRequests(every -> every.anyRequest().hasAnyRole(VIEWER, OPERATOR))
                .build();
    }

    /** For people: a session, and a token in every form. */
    @Bean
    @Order(3)
    SecurityFilterChain people(HttpSecurity http, SecuritySettings settings, OwnHosts own, Denials denials)
            throws Exception {
        common(http, settings, own, denials);
        if (open(settings)) {
            return http.csrf(AbstractHttpConfigurer::disable)
                    .authorizeHttpRequests(every -> every.anyRequest().permitAll())
                    .build();
        }
        var logInAgain = new LogInAgain();
        return http.csrf(Customizer.withDefaults())
                .requestCache(cache -> cache.requestCache(LogInAgain.pages()))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(logInAgain).accessDeniedHandler(logInAgain))
                .formLogin(form -> form.loginPage(LogInAgain.PAGE).permitAll())
                .logout(logout -> logout.deleteCookies("JSESSIONID").permitAll())
                .authorizeHttpRequests(some -> some.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        // What goes on was let in when it began, also where the session has ended since.
                        .permitAll()
                        .requestMatchers(ASSETS)
                        .permitAll()
                        .requestMatchers(LogInAgain.PAGE, "/error")
                        .permitAll()
                        .requestMatchers(FORMS)
                        .hasRole(OPERATOR)
                        .requestMatchers(GET)
                        .hasAnyRole(VIEWER, OPERATOR)
                        .requestMatchers(HEAD)
                        .hasAnyRole(VIEWER, OPERATOR)
                        .anyRequest()
                        .hasRole(OPERATOR))
                .build();
    }

    @Bean
    UserDetailsService users(SecuritySettings settings) {
        return new InMemoryUserDetailsManager(settings.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .roles(user.role().name())
                        .build())
                .toList());
    }

    @Bean
    PasswordChecks passwordChecks(Clock clock) {
        return new PasswordChecks(new BCryptPasswordEncoder(), clock);
    }

    private static void common(HttpSecurity http, SecuritySettings settings, OwnHosts own, Denials denials)
            throws Exception {
        var foreign = new ForeignRequests(host -> !open(settings) || own.test().test(host), denials);
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT)))
                .addFilterAfter(foreign, HeaderWriterFilter.class);
    }

    private static boolean open(SecuritySettings settings) {
        return settings.users().isEmpty();
    }
}
