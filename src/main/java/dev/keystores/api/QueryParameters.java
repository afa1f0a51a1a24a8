package dev.keystores.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every parameter of the API is one that the call has, is given once, and is plain text. */
@Component
class QueryParameters implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(Links.ROOT + "/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod call) {
            var known = known(call.getMethod());
            request.getParameterMap().forEach((name, values) -> check(request, known, name, List.of(values)));
        }
        return true;
    }

    private static void check(HttpServletRequest request, Set<String> known, String name, List<String> values) {
        if (fromAForm(request)) {
            return; // The body is refused for its type.
        }
        ProblemException.refuseOdd(Problem.INVALID_PARAMETER, "a parameter's name", name);
        if (!known.contains(name)) {
            // A misspelt filter must not be taken for no filter.
            throw wrong(
                    name,
                    known.isEmpty()
                            ? "this call takes no parameter"
                            : "there is no such parameter; known are " + String.join(", ", known));
        }
        if (values.size() > 1) {
            throw wrong(name, "must be given once");
        }
        ProblemException.refuseOdd(Problem.INVALID_PARAMETER, name, values.getFirst());
    }

    private static boolean fromAForm(HttpServletRequest request) {
        var type = request.getContentType();
        return HttpMethod.POST.matches(request.getMethod()) && type != null && type.contains("form");
    }

    private static ProblemException wrong(String name, String rule) {
        return new ProblemException(Problem.INVALID_PARAMETER, name + ": " + rule);
    }

    private static Set<String> known(Method call) {
        return Arrays.stream(call.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
