package dev.keystores.dashboard;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/** Links are taken as they are written in the pages. */
@Configuration(proxyBeanMethods = false)
class LinksConfiguration {

    /** It looks for a file behind each link, through the whole classpath: nine tenths of the time of a page with many links. */
    @Bean
    FilterRegistrationBean<ResourceUrlEncodingFilter> noSearchForFilesBehindLinks() {
        var filter = new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
        filter.setEnabled(false);
        return filter;
    }
}
